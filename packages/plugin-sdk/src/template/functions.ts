import { dirname, resolve } from 'node:path'
import { closest } from '../config/closest.ts'
import { UNKNOWN_TEXT } from '../config/plain.ts'
import type { TemplateContext, TemplateFunction } from './context.ts'
import { formatGoTime, formatStrftime } from './go-time.ts'
import { TemplateError } from './template-error.ts'

/** When this process started: what `isotime` and `timestamp` tell unless another moment is given. */
const started = new Date(Date.now() - process.uptime() * 1000)

/** The functions of Packer's templates. */
export function templateFunctions(context: TemplateContext): Readonly<Record<string, TemplateFunction>> {
  return { ...logic, ...collections, ...text, ...surroundings(context), ...context.functions }
}

const logic: Readonly<Record<string, TemplateFunction>> = {
  not: (value) => !isTrue(value),
  and: (...values) => values.find((each) => !isTrue(each)) ?? values.at(-1),
  or: (...values) => values.find(isTrue) ?? values.at(-1),
  eq: (first, ...others) => others.some((each) => each === first),
  ne: (first, second) => first !== second,
}

const collections: Readonly<Record<string, TemplateFunction>> = {
  index: (from, ...keys) => keys.reduce(elementOf, from),
  len: (value) =>
    typeof value === 'string' ? Buffer.byteLength(value) : Object.keys(collection(value)).length,
}

function elementOf(from: unknown, key: unknown): unknown {
  const values = collection(from)
  const name = string(key)
  return known(Object.hasOwn(values, name) ? values[name] : undefined, `There is nothing at ${name}`)
}

function collection(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>
  return refuse(`${JSON.stringify(value) ?? 'Nothing'} is no list or map`)
}

const text: Readonly<Record<string, TemplateFunction>> = {
  upper: (value) => string(value).toUpperCase(),
  lower: (value) => string(value).toLowerCase(),
  replace: (from, to, count, value) => replace(string(value), [string(from), string(to)], Number(count)),
  replace_all: (from, to, value) => string(value).replaceAll(string(from), () => string(to)),
  split: (value, separator, index) => split(string(value), string(separator), Number(index)),
  printf: (format, ...values) => printf(string(format), values),
  sed: () => refuse('The function sed is gone: use replace or replace_all'),
}

function surroundings(context: TemplateContext): Readonly<Record<string, TemplateFunction>> {
  const now = context.now ?? started
  return {
    build_name: () => context.buildName ?? '',
    build_type: () => context.buildType ?? '',
    packer_version: () => context.packerVersion ?? '',
    pwd: () => process.cwd(),
    template_dir: () =>
      dirname(resolve(known(context.templatePath, 'template_dir needs a template in a file'))),
    timestamp: () => String(Math.floor(now.getTime() / 1000)),
    isotime: (layout = '2006-01-02T15:04:05Z07:00') => formatGoTime(now, string(layout)),
    strftime: (format) => formatStrftime(now, string(format)),
    uuid: () => timeOrderedUuid(now),
    user: (name) => lookUp(context.userVariables ?? {}, string(name), 'user variable'),
    build: (name) => buildVariable(context.build, string(name)),
    env: () => refuse('env may only be used where variables are declared: give the value to a variable'),
  }
}

function buildVariable(data: TemplateContext['build'], name: string): unknown {
  if (data === 'unknown') return UNKNOWN_TEXT
  const build = known(
    data,
    `The build variable ${name} is not known here: only provisioners and post-processors may use it`,
  )
  return lookUp(build, name, 'build variable')
}

/** The value of that name; where there is none the message names the closest. */
export function lookUp(values: Readonly<Record<string, unknown>>, name: string, what: string): unknown {
  if (Object.hasOwn(values, name)) return values[name]
  const near = closest(name, Object.keys(values))
  throw new TemplateError(`There is no ${what} "${name}"${near ? `; did you mean "${near}"?` : ''}`)
}

function replace(value: string, [from, to]: readonly [string, string], count: number): string {
  if (from === '') return value
  if (count < 0) return value.replaceAll(from, () => to)
  let result = value
  for (let done = 0, at = 0; done < count; done += 1) {
    const found = result.indexOf(from, at)
    if (found < 0) break
    result = result.slice(0, found) + to + result.slice(found + from.length)
    at = found + to.length
  }
  return result
}

function split(value: string, separator: string, index: number): string {
  const part = value.split(separator)[index]
  return known(part, `split finds no part ${index} in "${value}"`)
}

function printf(format: string, values: readonly unknown[]): string {
  let next = 0
  return format.replace(/%([sdvq%])/g, (_, verb) => {
    if (verb === '%') return '%'
    if (next >= values.length) refuse(`printf "${format}" needs more values`)
    const value = string(values[next++])
    return verb === 'q' ? JSON.stringify(value) : value
  })
}

/** Sortable by time: the seconds of the moment, then random bits. */
function timeOrderedUuid(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000)
    .toString(16)
    .padStart(8, '0')
  // The global one is loaded when it is used; to import node:crypto takes a tenth of a plugin's start.
  const random = Buffer.from(crypto.getRandomValues(new Uint8Array(12))).toString('hex')
  return [seconds, random.slice(0, 4), random.slice(4, 8), random.slice(8, 12), random.slice(12)].join('-')
}

/** Go's notion: everything but false, zero and the empty. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return Boolean(value)
}

/** How a value is written into the text. */
export function string(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value)
  throw new TemplateError(`${JSON.stringify(value) ?? 'Nothing'} is no text`)
}

function known<T>(value: T | undefined, otherwise: string): T {
  return value === undefined ? refuse(otherwise) : value
}

function refuse(message: string): never {
  throw new TemplateError(message)
}
