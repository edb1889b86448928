import type { ConfigSchema } from './config.ts'
import type { Choices, Field, FieldFacts, Shape } from './field.ts'

/**
 * The documentation of a configuration as Markdown: a table of its fields, then one for each nested block.
 * `heading` is the level of the blocks' headings, 3 unless told.
 *
 * @example
 * renderConfigDocs(tarball.definition.config)
 */
export function renderConfigDocs(schema: ConfigSchema, options: { readonly heading?: number } = {}): string {
  const sections = blockSections(schema.shape, '', options.heading ?? 3)
  return `${[table(schema), ...sections].join('\n\n')}\n`
}

interface Fields {
  readonly shape?: Shape
  readonly choices?: Choices
}

function table({ shape = {}, choices = {} }: Fields): string {
  const rows = Object.entries(shape).map(([name, field]) => row(name, field))
  if (rows.length === 0) return 'Nothing can be configured.'
  const head = ['| Name | Type | Required | Default | Description |', '|---|---|---|---|---|']
  return [[...head, ...rows].join('\n'), ...choiceTexts(choices)].join('\n\n')
}

function choiceTexts({ atMostOne = [], exactlyOne = [] }: Choices): string[] {
  const either = (names: readonly string[]) => names.map(code).join(', ')
  return [
    ...exactlyOne.map((names) => `One of ${either(names)} must be given, and no other of them.`),
    ...atMostOne.map((names) => `At most one of ${either(names)} may be given.`),
  ]
}

function row(name: string, { facts }: Field): string {
  const cells = [
    code(name),
    typeText(facts),
    facts.required ? 'yes' : 'no',
    defaultText(facts),
    description(facts),
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')).join(' | ')} |`
}

function typeText({ kind, element, blockName }: FieldFacts): string {
  if (blockName !== undefined) return `blocks ${code(blockName)}`
  if (kind === 'block') return 'block'
  if (kind === 'blocks') return 'block, repeatable'
  return element ? `${kind} of ${typeText(element.facts)}` : kind
}

function defaultText({ fallback }: FieldFacts): string {
  return fallback === undefined ? '' : code(JSON.stringify(fallback))
}

function description(facts: FieldFacts): string {
  const rules = facts.rules.map((rule) => rule.says).filter(Boolean)
  const sentences = [
    facts.doc,
    rules.length > 0 ? `Must be ${rules.join(', ')}.` : '',
    facts.sensitive ? 'Sensitive: never shown.' : '',
    facts.verbatim ? '`{{ }}` is filled in during the build.' : '',
    facts.pairs ? pairsText(facts.pairs) : '',
    facts.deprecated === undefined ? '' : `Deprecated: ${facts.deprecated}`,
    facts.formerNames.length > 0 ? `Formerly ${facts.formerNames.map(code).join(', ')}.` : '',
  ]
  return sentences.filter(Boolean).join(' ')
}

function pairsText({ block, key, value }: NonNullable<FieldFacts['pairs']>): string {
  return `Also as blocks ${code(`${block} { ${key} = …, ${value} = … }`)}.`
}

function blockSections(shape: Shape, path: string, heading: number): string[] {
  return Object.entries(shape).flatMap(([name, { facts }]) => {
    if (!facts.shape) return []
    const inside = path ? `${path}.${name}` : name
    const title = `${'#'.repeat(Math.min(heading, 6))} ${code(inside)}`
    return [`${title}\n\n${table(facts)}`, ...blockSections(facts.shape, inside, heading)]
  })
}

function code(text: string): string {
  return `\`${text}\``
}
