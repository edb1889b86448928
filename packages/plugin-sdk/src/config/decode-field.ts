import { messageOf } from '../errors/message-of.ts'
import { Secrets } from '../secrets/secrets.ts'
import type { TemplateContext } from '../template/context.ts'
import { renderTemplate } from '../template/render.ts'
import { TemplateError } from '../template/template-error.ts'
import { checkChoices } from './choices.ts'
import { closest } from './closest.ts'
import type { ConfigProblem } from './config-error.ts'
import type { Choices, Field, Shape } from './field.ts'
import { given, isAbsent, knownNames, sorted } from './given.ts'
import { isRecord, mapValues, UNKNOWN_TEXT } from './plain.ts'
import { Mismatch, weakly } from './weak.ts'
import { written } from './written.ts'

/** One decoding, with what it has found so far. */
export interface Decoding {
  readonly problems: ConfigProblem[]
  readonly warnings: string[]
  readonly secrets: Secrets
  /** What `{{ }}` is filled in with; undefined leaves it as it is. */
  readonly template: TemplateContext | undefined
  /** Whether zeros and empty values may stand for what is not known yet. */
  readonly placeholders: boolean
  /** Whether it comes from HCL, and so may hold such zeros at all. */
  readonly hcl: boolean
}

/** Where decoding stands. */
export interface At {
  readonly path: string
  readonly decoding: Decoding
  readonly sensitive: boolean
}

/** The fields of a block or of the whole, with what excludes each other among them. */
interface Fields {
  readonly shape: Shape
  readonly choices?: Choices
}

/** The values of a block or of the whole. */
export function decodeShape(
  { shape, choices = {} }: Fields,
  data: Readonly<Record<string, unknown>>,
  at: At,
): Record<string, unknown> {
  const raw = sorted(shape, data)
  refuseUnknown(shape, raw, at)
  const fields = Object.entries(shape).map(([name, field]) => {
    const inside = { ...at, path: at.path ? `${at.path}.${name}` : name }
    return { name, field, inside, value: given(field, name, { raw, at: inside }) }
  })
  checkChoices(choices, Object.fromEntries(fields.map(({ name, value }) => [name, value])), at)
  const values = Object.fromEntries(
    fields.map(({ name, field, inside, value }) => [name, decodeField(field, value, inside)]),
  )
  checkJointly(shape, values, at)
  return values
}

/** What is not known yet excuses all that it might go together with. */
function checkJointly(shape: Shape, values: Readonly<Record<string, unknown>>, at: At): void {
  if (at.decoding.placeholders) return
  const problems = Object.values(shape).flatMap(({ facts }) =>
    facts.jointRules.flatMap((rule) => rule(values)),
  )
  for (const { path, message } of problems) {
    refuse({ ...at, path: at.path ? `${at.path}.${path}` : path }, message)
  }
}

function refuseUnknown(shape: Shape, raw: Readonly<Record<string, unknown>>, { path, decoding }: At): void {
  const names = knownNames(shape)
  for (const name of Object.keys(raw).filter((each) => !names.includes(each))) {
    const near = closest(name, Object.keys(shape))
    const hint = near
      ? `did you mean "${near}"?`
      : `known here: ${Object.keys(shape).join(', ') || 'nothing'}`
    decoding.problems.push({ path: path ? `${path}.${name}` : name, message: `not known; ${hint}` })
  }
}

function decodeField(field: Field, raw: unknown, place: At): unknown {
  const { sensitive, verbatim } = field.facts
  const at = { ...(verbatim ? asWritten(place) : place), sensitive: place.sensitive || sensitive }
  try {
    const text = isBlock(field) ? raw : fillIn(raw, at.decoding.template)
    if (isAbsent(text) || (text === '' && field.facts.kind !== 'string')) return absent(field, at)
    if (at.sensitive) at.decoding.secrets.add(texts(text).filter((each) => each !== UNKNOWN_TEXT))
    return checked(field, text, at)
  } catch (error) {
    if (!(error instanceof Mismatch || error instanceof TemplateError)) throw error
    refuse(at, error.message)
  }
}

function isBlock(field: Field): boolean {
  return field.facts.kind === 'block' || field.facts.kind === 'blocks'
}

function fieldsOf({ facts: { shape = {}, choices = {} } }: Field): Fields {
  return { shape, choices }
}

/** The same place, where `{{ }}` stays as it is. */
function asWritten(at: At): At {
  return { ...at, decoding: { ...at.decoding, template: undefined } }
}

/** Fills in every text, unless there is nothing to fill it in with. */
function fillIn(raw: unknown, template: TemplateContext | undefined): unknown {
  if (!template) return raw
  if (typeof raw === 'string') return raw.includes('{{') ? renderTemplate(raw, template) : raw
  if (Array.isArray(raw)) return raw.map((each) => fillIn(each, template))
  return isRecord(raw) ? mapValues(raw, (each) => fillIn(each, template)) : raw
}

/** Every text and number in it. */
function texts(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

function refuse({ path, decoding }: At, message: string): void {
  decoding.problems.push({ path, message: decoding.secrets.hide(message) })
}

function absent(field: Field, at: At): unknown {
  const { facts } = field
  if (facts.fallback !== undefined) {
    const plain = asWritten(at)
    const decoding = { ...plain.decoding, secrets: new Secrets() }
    return decodeField(field, written(field, facts.fallback), { ...plain, decoding })
  }
  if (facts.required) throw new Mismatch('required, but not given')
  if (facts.kind === 'blocks') return checked(field, [], at)
  if (facts.kind === 'block' && !Object.values(facts.shape!).some((each) => each.facts.required)) {
    return decodeShape(fieldsOf(field), {}, at)
  }
}

function checked(field: Field, raw: unknown, at: At): unknown {
  const { problems } = at.decoding
  const before = problems.length
  const value = convert(field, raw, at)
  if (problems.length > before || isExcused(value, at)) return value
  if (field.facts.required && isEmpty(value)) throw new Mismatch('required, but empty')
  for (const { check } of field.facts.rules) {
    const message = outcome(() => check(value as never))
    if (message !== undefined) refuse(at, value === 0 && at.decoding.hcl ? message + zeroHint : message)
  }
  return value
}

/** A check may as well throw what it has against a value. */
function outcome(check: () => string | undefined): string | undefined {
  try {
    return check()
  } catch (error) {
    return messageOf(error)
  }
}

/** Nothing else tells a 0 in the place of a number that `packer validate` does not know from a real 0. */
const zeroHint = ' (a number that packer validate does not know yet reads 0; -evaluate-datasources tells it)'

function isExcused(value: unknown, at: At): boolean {
  if (!at.decoding.placeholders) return false
  return value === 0 || value === false || isEmpty(value) || mentionsUnknown(value)
}

function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0)
}

/** Whether a placeholder of `packer validate` is in it. */
export function mentionsUnknown(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(UNKNOWN_TEXT)
  return typeof value === 'object' && value !== null && Object.values(value).some(mentionsUnknown)
}

function convert(field: Field, raw: unknown, at: At): unknown {
  const { kind } = field.facts
  switch (kind) {
    case 'string':
      return weakly.text(raw)
    case 'number':
    case 'boolean':
    case 'duration':
      return scalar(kind, raw, at)
    case 'list':
      return weakly
        .list(raw)
        .map((each, index) => element(field, each, { ...at, path: `${at.path}[${index}]` }))
    case 'map':
      return mapOf(field, weakly.record(raw), at)
    case 'block':
      return decodeShape(fieldsOf(field), weakly.record(raw), at)
    case 'blocks':
      return weakly
        .list(raw)
        .map((each, index) =>
          decodeShape(fieldsOf(field), weakly.record(each), { ...at, path: `${at.path}[${index}]` }),
        )
  }
}

function scalar(kind: 'number' | 'boolean' | 'duration', raw: unknown, at: At): number | boolean {
  if (at.decoding.placeholders && mentionsUnknown(raw)) return kind === 'boolean' ? false : 0
  return weakly[kind](raw)
}

function element(field: Field, raw: unknown, at: At): unknown {
  if (isAbsent(raw)) throw new Mismatch(`has a null: leave the element out`)
  // Its text was filled in with that of all the others.
  return decodeField(field.facts.element!, raw, asWritten(at))
}

function mapOf(field: Field, record: Readonly<Record<string, unknown>>, at: At): Record<string, unknown> {
  const entries = Object.entries(record).filter(([, value]) => !isAbsent(value))
  return Object.fromEntries(
    entries.map(([name, value]) => [name, element(field, value, { ...at, path: `${at.path}.${name}` })]),
  )
}
