/** In the header of a pair that has agreed: the way to its draft pull request, or to the one that is there. */
import { whyNoPullRequest } from '../../shared/transcript/pr-input'
import { useOpenPair, useUi, useWindow } from '../store/context'
import { Button } from '../ui/button'

export const PullRequestControl = () => {
  const { api, commands } = useWindow()
  const { state } = useOpenPair()
  const toast = useUi(store => store.toast)
  const { pullRequest } = state
  const open = async (url: string) => {
    const reply = await api.request('link.open', { url })
    if (!reply.ok) toast(reply.message, 'trouble')
  }
  if (pullRequest !== null) {
    return (
      <Button kind="key" title={pullRequest} onPress={() => void open(pullRequest)}>
        Open draft PR
      </Button>
    )
  }
  if (whyNoPullRequest(state) !== null) return null
  return (
    <Button kind="go" onPress={() => commands.run('pair.pullRequest')}>
      Create draft PR
    </Button>
  )
}
