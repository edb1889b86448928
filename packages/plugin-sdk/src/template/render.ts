import { closest } from '../config/closest.ts'
import type { TemplateContext, TemplateFunction } from './context.ts'
import { isTrue, lookUp, string, templateFunctions } from './functions.ts'
import { parseTemplate } from './parse.ts'
import type { Command, Operand, Pipeline, Template } from './syntax.ts'
import { TemplateError } from './template-error.ts'

/** How often a result that is a template again is filled in. */
export const RENDER_PASSES = 8

/** How many characters filling in a template may make. */
export const RENDER_LIMIT = 1_048_576

/**
 * Fills in `{{ }}`, as Packer does: Go's `text/template` with Packer's functions, without loops. A result that
 * is a template again is filled in again.
 * @throws TemplateError that says what is missing or misspelt.
 *
 * @example
 * renderTemplate('{{ .Vars }} sh {{ .Path | upper }}', { data: { Vars: 'A=1', Path: '/tmp/x' } })
 */
export function renderTemplate(text: string, context: TemplateContext = {}): string {
  const scope = { data: context.data ?? {}, functions: templateFunctions(context) }
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
  readonly data: Readonly<Record<string, unknown>>
  readonly functions: Readonly<Record<string, TemplateFunction>>
}

function renderNodes(template: Template, scope: Scope): string {
  return template
    .map((node) => {
      if (node.kind === 'text') return node.text
      if (node.kind === 'output') return string(evaluate(node.pipeline, scope))
      return renderNodes(isTrue(evaluate(node.condition, scope)) ? node.whenTrue : node.whenFalse, scope)
    })
    .join('')
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
  return operand.names.reduce(fieldOf, scope.data)
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
  if (operand.kind === 'field') return `.${operand.names.join('.')}`
  return operand.kind === 'literal' ? JSON.stringify(operand.value) : 'A pipeline'
}
