/**
 * Fuses that not every Electron knows. Rule: each is set where the binary has it, and named where it has not; those
 * that every Electron we run on knows stand in `electron-builder.yml`.
 */
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

/** The app is served by its own protocol, so `file:` needs no more rights than a browser gives it. */
const NEWER = [
  { fuse: FuseV1Options.GrantFileProtocolExtraPrivileges, name: 'grantFileProtocolExtraPrivileges' },
]

/** @returns arguments for electron-builder, and the names of the fuses this executable does not have */
export const newerFuses = async executable => {
  const wire = await getCurrentFuseWire(executable)
  const known = NEWER.filter(({ fuse }) => wire[fuse] !== undefined)
  return {
    args: known.map(({ name }) => `--config.electronFuses.${name}=false`),
    unknown: NEWER.filter(fuse => !known.includes(fuse)).map(({ name }) => name),
  }
}
