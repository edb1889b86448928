import { TemplateError } from './template-error.ts'

/** A piece of a template: plain text, or the inside of one `{{ }}`. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly tokens: readonly Token[]; readonly source: string }

export interface Token {
  readonly kind: 'string' | 'number' | 'name' | 'field' | 'symbol'
  readonly text: string
}

const token =
  /\s+|(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<number>[+-]?\d[\d_]*(?:\.\d+)?)|(?<field>\$?(?:\.[\p{L}_][\p{L}\p{N}_]*)+|\.|\$(?![\p{L}_]))|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<symbol>[|()])/uy

/** Cuts a template into text and actions; `{{-` and `-}}` trim the text beside them, comments vanish. */
export function pieces(template: string): Piece[] {
  const found: Piece[] = []
  let trimNext = false
  for (let at = 0; at < template.length; ) {
    const open = template.indexOf('{{', at)
    const action = open < 0 ? undefined : readAction(template, open)
    const text = template.slice(at, open < 0 ? template.length : open)
    found.push({ kind: 'text', text: trim(text, trimNext, action?.trimsBefore ?? false) })
    if (!action) break
    if (action.piece) found.push(action.piece)
    trimNext = action.trimsAfter
    at = action.end
  }
  return found.filter((piece) => piece.kind === 'action' || piece.text !== '')
}

function trim(text: string, start: boolean, end: boolean): string {
  const tail = end ? text.trimEnd() : text
  return start ? tail.trimStart() : tail
}

interface Action {
  /** Undefined for a comment. */
  readonly piece: Piece | undefined
  readonly end: number
  readonly trimsBefore: boolean
  readonly trimsAfter: boolean
}

function readAction(template: string, open: number): Action {
  const trimsBefore = /^\{\{-\s/.test(template.slice(open, open + 4))
  const start = open + (trimsBefore ? 3 : 2)
  const comment = /^\s*\/\*/.test(template.slice(start, start + 80))
  const tokens: Token[] = []
  for (let at = comment ? endOfComment(template, start) : start; ; ) {
    const close = /^(\s-)?\}\}/.exec(template.slice(at, at + 4))
    if (close) {
      const source = template.slice(open, at + close[0].length)
      const piece = comment ? undefined : { kind: 'action' as const, tokens, source }
      return { piece, end: at + close[0].length, trimsBefore, trimsAfter: close[0].length > 2 }
    }
    token.lastIndex = at
    const next = token.exec(template)
    if (!next) throw new TemplateError(unreadable(template, open, at))
    at = token.lastIndex
    const read = tokenOf(next.groups!)
    if (read) tokens.push(read)
  }
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token | undefined {
  for (const kind of ['string', 'number', 'field', 'name', 'symbol'] as const) {
    const text = groups[kind]
    if (text !== undefined) return { kind, text: kind === 'string' ? unquote(text) : text }
  }
}

function endOfComment(template: string, start: number): number {
  const end = template.indexOf('*/', start)
  if (end < 0) throw new TemplateError('The comment in {{/* is not closed: end it with */}}')
  return end + 2
}

function unreadable(template: string, open: number, at: number): string {
  const action = template.slice(open, open + 60)
  if (at >= template.length) return `"${action}" is not closed: end it with }}`
  return `"${action}" cannot be read at "${template.slice(at, at + 10)}"`
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

function unquote(text: string): string {
  const inside = text.slice(1, -1)
  return text.startsWith('`') ? inside : inside.replace(/\\(.)/g, (_, letter) => escapes[letter] ?? letter)
}
