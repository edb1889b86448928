import type { Choices, Field, Shape } from '../config/field.ts'

interface Fields {
  readonly shape?: Shape
  readonly choices?: Choices
}

/** The lines between the braces of an example in HCL: what must be given, and of what excludes each other the first. */
export function exampleBody({ shape = {}, choices = {} }: Fields, indent = '  '): string {
  const chosen = new Set((choices.exactlyOne ?? []).map(([first]) => first))
  const wanted = Object.entries(shape).filter(([name, { facts }]) => facts.required || chosen.has(name))
  const attributes = wanted.filter(([, { facts }]) => !facts.shape)
  const width = Math.max(0, ...attributes.map(([name]) => name.length))
  const lines = attributes.map(([name, field]) => `${indent}${name.padEnd(width)} = ${example(name, field)}`)
  const blocks = wanted
    .filter(([, { facts }]) => facts.shape)
    .map(([name, { facts }]) => block(facts.blockName ?? name, facts, indent))
  return [...(lines.length > 0 ? [lines.join('\n')] : []), ...blocks].join('\n\n')
}

function block(name: string, fields: Fields, indent: string): string {
  const body = exampleBody(fields, `${indent}  `)
  return body === '' ? `${indent}${name} {}` : `${indent}${name} {\n${body}\n${indent}}`
}

function example(name: string, { facts }: Field): string {
  switch (facts.kind) {
    case 'number':
      return '1'
    case 'boolean':
      return 'true'
    case 'duration':
      return '"5m"'
    case 'list':
      return `[${example(name, facts.element!)}]`
    case 'map':
      return `{ key = ${example(name, facts.element!)} }`
    default:
      return JSON.stringify(name.toUpperCase().replaceAll('_', '-'))
  }
}
