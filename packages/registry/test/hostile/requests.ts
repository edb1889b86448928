import type { Method, Operation } from '@ingot/registry-api'
import fc from 'fast-check'
import { near, oddText } from './values.ts'

export type AnyOperation = Operation<string, unknown, unknown, unknown>

/** A request that somebody might send, by mistake or not. */
export interface HostileRequest {
  readonly operation: AnyOperation
  readonly method: Method | 'HEAD' | 'OPTIONS'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Headers that contradict each other or the body; such a request goes over a connection of its own. */
  readonly lengths: readonly string[] | undefined
}

/** What the paths name that is there, and the other names that fields may hold. */
export interface Known {
  readonly parameters: Readonly<Record<string, string>>
  readonly names: readonly string[]
}

/** Requests to an operation that fit it more or less. */
export function requestsTo(operation: AnyOperation, known: Known): fc.Arbitrary<HostileRequest> {
  const method = fc.oneof(
    { weight: 30, arbitrary: fc.constant(operation.method) },
    { weight: 1, arbitrary: fc.constantFrom('GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS') },
  )
  const path = fc
    .tuple(pathOf(operation, known), queryOf(operation, known.names))
    .map((parts) => parts.join(''))
  const body = fc.tuple(near(operation.body, known.names), mangling).map(([value, mangle]) => mangle(value))
  return fc.record<HostileRequest>({
    ...{ operation: fc.constant(operation), method, path, headers, body },
    lengths: fc.oneof(
      { weight: 60, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: contradictions },
    ),
  })
}

function pathOf({ path }: AnyOperation, { parameters, names }: Known): fc.Arbitrary<string> {
  const segments = path.split('/')
  const right = segments.map((each) =>
    each.startsWith(':') ? (parameters[each.slice(1)] ?? names[0]!) : each,
  )
  const wrong = right.map((each, index) =>
    segments[index]!.startsWith(':') ? segment(each, names) : fc.constant(each),
  )
  const join = (parts: readonly string[]) => parts.join('/')
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(join(right)) },
    { weight: 1, arbitrary: fc.tuple(...wrong).map(join) },
  )
}

function segment(right: string, names: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(right) },
    { weight: 2, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: oddText.map((text) => encodeURIComponent(text.toWellFormed())) },
    { weight: 1, arbitrary: fc.constantFrom('%00', '%2F', '%zz', '%ff', '%', '%2e%2e', 'a%2Fb', '', ';') },
  )
}

function queryOf({ query }: AnyOperation, names: readonly string[]): fc.Arbitrary<string> {
  const fields = Object.entries(query?.properties ?? { unknown: {} })
  const pairs = fc
    .tuple(fc.constantFrom(...fields), fc.nat({ max: 1 }))
    .chain(([[name, schema], twice]) =>
      fc
        .tuple(near(schema, names), near(schema, names))
        .map((values) => values.slice(twice).map((value) => `${name}=${encoded(value)}`)),
    )
  return fc
    .array(pairs, { maxLength: 3 })
    .map((all) => (all.length === 0 ? '' : `?${all.flat().join('&')}`.slice(0, 12_000)))
}

function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return encodeURIComponent(text.slice(0, 2000).toWellFormed())
}

/** What happens to a body on its way into bytes. */
const mangling: fc.Arbitrary<(value: unknown) => Buffer> = fc.oneof(
  { weight: 24, arbitrary: fc.constant((value: unknown) => Buffer.from(JSON.stringify(value))) },
  {
    weight: 8,
    arbitrary: fc
      .constantFrom<((text: string) => string | Buffer)[]>(
        (text) => text.replace('{', `{${/"[^"]*"/.exec(text)?.[0] ?? '"name"'}:7,`), // the first key twice
        (text) => text.replace('{', '{"__proto__":{"code":7,"name":"web"},'),
        (text) => text.replace('{', '{"constructor":{"prototype":{"name":"web"}},'),
        (text) => text.slice(0, text.length / 2),
        (text) => `${text}${text}`,
        (text) => `\ufeff${text}`,
        (text) => `[${text}]`,
        (text) => `{"from_the_future":${text}}`,
        (text) => `${'['.repeat(5000)}${text}`,
        (text) => `{"name":${'{"a":'.repeat(70)}${text}${'}'.repeat(71)}`,
        (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xc0, 0x00])]),
        (text) => Buffer.from(text, 'utf16le'),
        () => '',
        () => 'null',
        () => 'grant_type=client_credentials&client_id=%00&client_secret=%ff',
      )
      .map((mangle) => (value: unknown) => Buffer.from(mangle(JSON.stringify(value)))),
  },
)

const headers = fc.oneof(
  { weight: 20, arbitrary: fc.constant({}) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Record<string, string>[]>(
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'multipart/form-data; boundary=x' },
      { 'content-type': 'application/json; charset=utf-16' },
      { 'content-type': ';;;' },
      { 'content-encoding': 'gzip' },
      { 'x-hcp-source-channel': 'x'.repeat(2000) },
      { 'user-agent': 'ü'.repeat(100) },
      { authorization: 'Bearer x.y.z' },
      { authorization: 'Basic Og==' },
      { host: 'a b/c?d' },
      { expect: '200-maybe' },
    ),
  },
)

const contradictions = fc.constantFrom<(readonly string[])[]>(
  ['Content-Length: 5'],
  ['Content-Length: 999999'],
  ['Content-Length: 3', 'Content-Length: 4'],
  ['Content-Length: 5', 'Transfer-Encoding: chunked'],
  ['Content-Length: -1'],
  ['Content-Length: 1e3'],
  ['Transfer-Encoding: chunked'],
  ['Transfer-Encoding: gzip, chunked'],
  ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'],
)
