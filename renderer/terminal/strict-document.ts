/**
 * xterm.js writes `<style>` elements, which a content security policy without 'unsafe-inline' refuses: its DOM
 * renderer would be black on black. Given to it as its document, this one makes them stylesheets of the
 * document, which such a policy allows. (The DOM renderer's 24-bit colours are `style` attributes made past this
 * document; they need `style-src-attr 'unsafe-inline'`. The WebGL renderer needs neither.)
 */
export const strictDocument = (real: Document): Document =>
  new Proxy(real, {
    get: (document, name) => {
      if (name === 'createElement')
        return (tag: string) => {
          const element = document.createElement(tag)
          return element instanceof HTMLStyleElement ? adopted(document, element) : element
        }
      const value: unknown = Reflect.get(document, name)
      return typeof value === 'function' ? value.bind(document) : value
    },
    set: (document, name, value) => Reflect.set(document, name, value),
  })

/** The element stays empty; its text is a stylesheet of the document until the element is removed. */
const adopted = (document: Document, element: HTMLStyleElement): HTMLStyleElement => {
  const sheet = new CSSStyleSheet()
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  const remove = element.remove.bind(element)
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(other => other !== sheet)
    remove()
  }
  Object.defineProperty(element, 'textContent', { set: (css: string) => sheet.replaceSync(css) })
  return element
}
