import type { At } from './decode-field.ts'
import type { Field, FieldFacts, Shape } from './field.ts'
import { isRecord, own, UNKNOWN_TEXT } from './plain.ts'

type Raw = Readonly<Record<string, unknown>>

/** Every name under which a template may give a field of the shape. */
export function knownNames(shape: Shape): string[] {
  return Object.entries(shape).flatMap(([name, { facts }]) => [
    name,
    ...facts.formerNames,
    ...(facts.pairs ? [facts.pairs.block] : []),
  ])
}

/**
 * HCL tells blocks from the attribute of the same name; in plain data they stand in its place, and are put here where
 * the blocks' own field looks for them.
 */
export function sorted(shape: Shape, raw: Raw): Raw {
  return Object.entries(shape).reduce((rest, [name, { facts }]) => {
    const { blockName } = facts
    const blocks = blockName === undefined ? [] : blocksIn(own(rest, blockName))
    if (blockName === undefined || blocks.length === 0) return rest
    const { [blockName]: _, ...others } = rest
    return { ...others, [name]: [...blocksIn(own(rest, name)), ...blocks] }
  }, raw)
}

function blocksIn(value: unknown): readonly unknown[] {
  const list = Array.isArray(value) ? value : [value]
  return list.every(isRecord) ? list : []
}

/** What is given for a field: under its name, under one it had before, or in blocks that stand for it. */
export function given(
  field: Field,
  name: string,
  { raw, at }: { readonly raw: Raw; readonly at: At },
): unknown {
  const value = named(field.facts, name, { raw, at })
  const { pairs, deprecated } = field.facts
  const all = pairs ? withPairs(value, own(raw, pairs.block), { pairs, at }) : value
  if (deprecated !== undefined && !isEmpty(all)) {
    at.decoding.warnings.push(`${at.path} is deprecated: ${deprecated}`)
  }
  return all
}

function named(
  facts: FieldFacts,
  name: string,
  { raw, at }: { readonly raw: Raw; readonly at: At },
): unknown {
  for (const former of facts.formerNames) {
    const value = own(raw, former)
    if (isAbsent(value) || !isAbsent(own(raw, name))) continue
    at.decoding.warnings.push(`${former} is now called ${name}; please rename it in the template`)
    return value
  }
  return own(raw, name)
}

interface PairsAt {
  readonly pairs: NonNullable<FieldFacts['pairs']>
  readonly at: At
}

/** The map with what its blocks add. What is no map is left to be refused as one. */
function withPairs(map: unknown, blocks: unknown, { pairs, at }: PairsAt): unknown {
  if (isEmpty(blocks) || !(isAbsent(map) || isRecord(map))) return map
  const list = Array.isArray(blocks) ? blocks : [blocks]
  const added = list.map((each, index) => pair(each, index, { pairs, at }))
  return { ...map, ...Object.fromEntries(added.filter((each) => each !== undefined)) }
}

function pair(block: unknown, index: number, { pairs, at }: PairsAt): readonly [string, unknown] | undefined {
  const { key, value } = pairs
  const names = isRecord(block) ? Object.keys(block).filter((name) => !isAbsent(own(block, name))) : []
  if (isRecord(block) && names.length === 2 && names.includes(key) && names.includes(value)) {
    return [String(own(block, key)), own(block, value)]
  }
  const path = `${at.path.slice(0, at.path.lastIndexOf('.') + 1)}${pairs.block}[${index}]`
  at.decoding.problems.push({ path, message: `needs ${key} and ${value}, and nothing else` })
}

export function isAbsent(raw: unknown): raw is null | undefined {
  return raw === undefined || raw === null
}

/** What says nothing; in a template that is not known yet it may stand for something. */
function isEmpty(raw: unknown): boolean {
  return isAbsent(raw) || raw === '' || (Array.isArray(raw) && raw.length === 0)
}

/** How sure it is that a template gives a field. */
export function presence(raw: unknown, placeholders: boolean): 'given' | 'perhaps' | 'absent' {
  if (isAbsent(raw)) return 'absent'
  if (placeholders && (isEmpty(raw) || raw === UNKNOWN_TEXT)) return 'perhaps'
  return isEmpty(raw) ? 'absent' : 'given'
}
