import { SaxesParser } from 'saxes'
import { WinRMError } from '../winrm-error.ts'

/** How deep a reply may be nested. */
export const DEPTH_LIMIT = 64

/** How many elements a reply may have. */
export const ELEMENT_LIMIT = 20_000

/** An element, by its local name and namespace. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** All text in it that is not in a child. */
  readonly text: string
}

interface OpenElement extends XmlElement {
  readonly children: OpenElement[]
  text: string
}

/**
 * Reads a document, without entities of its own.
 * @throws WinRMError `protocol` when it is not well-formed, or beyond {@link DEPTH_LIMIT} or {@link ELEMENT_LIMIT}.
 */
export function readXml(xml: string): XmlElement {
  try {
    return parse(xml)
  } catch (cause) {
    throw new WinRMError(
      'protocol',
      'The answer is not the XML of WinRM: is something else listening there?',
      {
        cause,
      },
    )
  }
}

function parse(xml: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true })
  const open: OpenElement[] = []
  let root: OpenElement | undefined
  let count = 0
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    count += 1
    if (open.length >= DEPTH_LIMIT || count > ELEMENT_LIMIT) throw new Error('It has too many elements')
    const named = Object.values(attributes).map(({ local, value }) => [local, value] as const)
    const element = { name: local, namespace: uri, attributes: new Map(named), children: [], text: '' }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('text', (text) => {
    const element = open.at(-1)
    if (element) element.text += text
  })
  parser.on('cdata', (text) => {
    open.at(-1)!.text += text
  })
  parser.on('closetag', () => void open.pop())
  parser.write(xml).close()
  if (!root) throw new Error('It is empty')
  return root
}

/** The first child of that name, whatever its namespace. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((each) => each.name === name)
}

/** All elements of that name below, in their order. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((each) => [
    ...(each.name === name ? [each] : []),
    ...descendants(each, name),
  ])
}

/** All text in it and below. */
export function deepText(element: XmlElement): string {
  return [element.text, ...element.children.map(deepText)].join(' ').replace(/\s+/g, ' ').trim()
}
