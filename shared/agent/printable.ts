/** Terminal control bytes have no place in a text that a human approves or reads; newline and tab stay. */
export const printable = (text: string): string =>
  Array.from(text)
    .filter(char => {
      const code = char.codePointAt(0) ?? 0
      return (
        char === '\n' || char === '\t' || (code >= 0x20 && code !== 0x7f && !(code >= 0x80 && code < 0xa0))
      )
    })
    .join('')
