import { type Piece, pieces, type Token } from './lex.ts'
import type { Node, Operand, Pipeline, Template } from './syntax.ts'
import { TemplateError } from './template-error.ts'

/** How deep actions and parentheses may nest. */
export const TEMPLATE_DEPTH_LIMIT = 50

/**
 * Reads a template: the part of Go's `text/template` that templates of builds use.
 * @throws TemplateError
 */
export function parseTemplate(text: string): Template {
  const rest = pieces(text)
  const { nodes, ended } = parseNodes(rest, 0)
  if (ended) throw new TemplateError(`${ended.source} ends nothing`)
  return nodes
}

type Action = Piece & { readonly kind: 'action' }

interface Parsed {
  readonly nodes: Node[]
  /** The `end` or `else` that closed them. */
  readonly ended: Action | undefined
}

function parseNodes(rest: Piece[], depth: number): Parsed {
  if (depth > TEMPLATE_DEPTH_LIMIT) throw new TemplateError('The template is nested too deeply')
  const nodes: Node[] = []
  for (let piece = rest.shift(); piece; piece = rest.shift()) {
    if (piece.kind === 'text') nodes.push(piece)
    else if (isWord(piece.tokens[0], 'end', 'else')) return { nodes, ended: piece }
    else if (isWord(piece.tokens[0], 'if', 'with', 'range')) nodes.push(parseSection(piece, rest, depth))
    else nodes.push({ kind: 'output', pipeline: parsePipeline(piece.tokens, piece.source) })
  }
  return { nodes, ended: undefined }
}

/** `action` is `{{if …}}` or one like it, or `{{else if …}}` without its `else`. */
function parseSection(action: Action, rest: Piece[], depth: number): Node {
  const kind = action.tokens[0]!.text as 'if' | 'with' | 'range'
  const value = parsePipeline(action.tokens.slice(1), action.source)
  const { nodes: body, ended } = parseNodes(rest, depth + 1)
  if (!ended) throw new TemplateError(`${action.source} needs an {{end}}`)
  const otherwise = isWord(ended.tokens[0], 'end') ? [] : parseElse(ended, rest, depth)
  return { kind, value, body, otherwise }
}

function parseElse(action: Action, rest: Piece[], depth: number): Template {
  if (isWord(action.tokens[1], 'if', 'with')) {
    if (depth > TEMPLATE_DEPTH_LIMIT) throw new TemplateError('The template is nested too deeply')
    return [parseSection({ ...action, tokens: action.tokens.slice(1) }, rest, depth + 1)]
  }
  const otherwise = parseNodes(rest, depth + 1)
  if (!isWord(otherwise.ended?.tokens[0], 'end')) throw new TemplateError(`${action.source} needs an {{end}}`)
  return otherwise.nodes
}

function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'name' && words.includes(token.text)
}

/** The tokens of one action, as far as they are not read yet. */
interface Scan {
  readonly rest: Token[]
  readonly source: string
}

const unsupportedWords = ['define', 'block', 'template', 'break', 'continue']

function parsePipeline(tokens: readonly Token[], source: string): Pipeline {
  const unsupported = tokens.find((each) => isWord(each, ...unsupportedWords))
  if (unsupported)
    throw new TemplateError(`${source} uses "${unsupported.text}", which is not supported here`)
  const scan = { rest: [...tokens], source }
  const pipeline = commands(scan, 0)
  if (scan.rest.length > 0) throw new TemplateError(`${source} has a ")" without its "("`)
  return pipeline
}

function commands(scan: Scan, depth: number): Pipeline {
  if (depth > TEMPLATE_DEPTH_LIMIT) throw new TemplateError('The template is nested too deeply')
  const pipeline: Operand[][] = [[]]
  while (scan.rest[0] && !isSymbol(scan.rest[0], ')')) {
    const token = scan.rest.shift()!
    if (isSymbol(token, '|')) pipeline.push([])
    else pipeline.at(-1)!.push(operand(token, scan, depth))
  }
  if (pipeline.some((command) => command.length === 0)) {
    throw new TemplateError(`${scan.source} says nothing to put in its place`)
  }
  return pipeline
}

function operand(token: Token, scan: Scan, depth: number): Operand {
  if (token.kind === 'string') return { kind: 'literal', value: token.text }
  if (token.kind === 'number') return { kind: 'literal', value: Number(token.text.replaceAll('_', '')) }
  if (token.kind === 'field') return field(token.text)
  if (token.kind === 'name') return named(token.text)
  const pipeline = commands(scan, depth + 1)
  if (!scan.rest.shift()) throw new TemplateError(`${scan.source} has a "(" without its ")"`)
  return { kind: 'pipeline', pipeline }
}

function field(text: string): Operand {
  const [root, ...names] = text.split('.')
  return { kind: 'field', names: names.filter(Boolean), ofRoot: root === '$' }
}

function isSymbol(token: Token, symbol: string): boolean {
  return token.kind === 'symbol' && token.text === symbol
}

function named(name: string): Operand {
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' }
  return { kind: 'function', name }
}
