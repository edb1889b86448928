import { closest } from '../config/closest.ts'
import { isRecord } from '../config/plain.ts'
import type { TemplateContext, TemplateFunction } from './context.ts'
import { isTrue, lookUp, string, templateFunctions } from './functions.ts'
import { parseTemplate } from './parse.ts'
import type { Command, Node, Operand, Pipeline, Template } from './syntax.ts'
import { TemplateError } from './template-error.ts'

/** How often a result that is a template again is filled in. */
export const RENDER_PASSES = 8

/** How many pieces of text and actions a template may run through, counting each turn of a loop. */
export const RENDER_STEPS = 100_000

/** How many characters filling in a template may make. */
export const RENDER_LIMIT = 1_048_576

/**
 * Fills in `{{ }}`, as Packer does: Go's `text/template` with Packer's functions, without variables and definitions.
 * A result that is a template again is filled in again.
 * @throws TemplateError that says what is missing or misspelt.
 *
 * @example
 * renderTemplate('{{ .Vars }} sh {{ .Path | upper }}', { data: { Vars: 'A=1', Path: '/tmp/x' } })
 */
export function renderTemplate(text: string, context: TemplateContext = {}): string {
  const data = context.data ?? {}
  const scope = {
    dot: data,
    root: data,
    functions: templateFunctions(context),
    left: { steps: RENDER_STEPS },
  }
  let result = text
  for (let pass = 0; pass < RENDER_PASSES && result.includes('{{'); pass += 1) {
    const next = renderNodes(parseTemplate(result), scope)
    if (next.length > RENDER_LIMIT)
      throw new TemplateError(`The template makes more than ${RENDER_LIMIT} characters`)
    if (next === result) break
    result = next
  }
  return result
}

interface Scope {
  /** What `.` is: all the data, or what `with` and `range` made it. */
  readonly dot: unknown
  /** All the data, which is `$`. */
  readonly root: unknown
  readonly functions: Readonly<Record<string, TemplateFunction>>
  readonly left: { steps: number }
}

function renderNodes(template: Template, scope: Scope): string {
  return template.map((node) => renderNode(node, scope)).join('')
}

function renderNode(node: Node, scope: Scope): string {
  scope.left.steps -= 1
  if (scope.left.steps < 0) throw new TemplateError(`The template takes more than ${RENDER_STEPS} steps`)
  if (node.kind === 'text') return node.text
  if (node.kind === 'output') return string(evaluate(node.pipeline, scope))
  const value = evaluate(node.value, scope)
  if (!isTrue(value)) return renderNodes(node.otherwise, scope)
  if (node.kind === 'if') return renderNodes(node.body, scope)
  const turns = node.kind === 'with' ? [value] : elements(value)
  return turns.map((dot) => renderNodes(node.body, { ...scope, dot })).join('')
}

/** What a loop goes through: a list, or a map in the order of its names. */
function elements(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (!isRecord(value)) throw new TemplateError(`range cannot go through ${JSON.stringify(value)}`)
  return Object.keys(value)
    .sort()
    .map((name) => value[name])
}

function evaluate(pipeline: Pipeline, scope: Scope): unknown {
  const [first, ...others] = pipeline
  return others.reduce((piped: unknown, command) => run(command, [piped], scope), run(first!, [], scope))
}

function run(command: Command, piped: readonly unknown[], scope: Scope): unknown {
  const [head, ...rest] = command
  if (head!.kind === 'function') {
    return call(head!.name, [...rest.map((each) => operandValue(each, scope)), ...piped], scope)
  }
  if (rest.length + piped.length > 0)
    throw new TemplateError(`${written(head!)} is no function and takes nothing`)
  return operandValue(head!, scope)
}

function operandValue(operand: Operand, scope: Scope): unknown {
  if (operand.kind === 'literal') return operand.value
  if (operand.kind === 'pipeline') return evaluate(operand.pipeline, scope)
  if (operand.kind === 'function') return call(operand.name, [], scope)
  return operand.names.reduce(fieldOf, operand.ofRoot ? scope.root : scope.dot)
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null)
    throw new TemplateError(`There is no field ".${name}" in a text`)
  return lookUp(value as Record<string, unknown>, name, 'field')
}

function call(name: string, args: readonly unknown[], scope: Scope): unknown {
  if (Object.hasOwn(scope.functions, name)) return scope.functions[name]!(...args)
  const near = closest(name, Object.keys(scope.functions))
  throw new TemplateError(`There is no function "${name}"${near ? `; did you mean "${near}"?` : ''}`)
}

function written(operand: Operand): string {
  if (operand.kind === 'field') return `${operand.ofRoot ? '$' : ''}.${operand.names.join('.')}`
  return operand.kind === 'literal' ? JSON.stringify(operand.value) : 'A pipeline'
}
