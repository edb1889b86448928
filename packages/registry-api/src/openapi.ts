import { ErrorEnvelope } from './envelope.ts'
import * as iam from './iam/operations.ts'
import * as longOperations from './long-operations/operations.ts'
import { needsOf } from './needs.ts'
import * as oauth2 from './oauth2/operations.ts'
import type { Operation } from './operation.ts'
import * as packer2021 from './packer-2021-04-30/operations.ts'
import * as packer2022 from './packer-2022-12-02/operations.ts'
import * as packer from './packer-2023-01-01/operations.ts'
import * as platform from './platform/operations.ts'
import { refusesOf } from './refuses.ts'
import * as resourceManager from './resource-manager/operations.ts'
import type { Schema } from './schema.ts'

type AnyOperation = Operation<string, unknown, unknown, unknown>

/** Every operation that is described here, plane by plane. */
export const everyOperation: readonly AnyOperation[] = [
  ...Object.values<AnyOperation>(packer),
  ...Object.values<AnyOperation>(packer2022),
  ...Object.values<AnyOperation>(packer2021),
  ...Object.values<AnyOperation>(resourceManager),
  ...Object.values<AnyOperation>(iam),
  ...Object.values<AnyOperation>(longOperations),
  ...Object.values<AnyOperation>(oauth2),
  ...Object.values<AnyOperation>(platform),
]

/**
 * The table of operations as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1.html), for tools that read one.
 * `version` is that of the registry.
 */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of everyOperation) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) }
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Ingot registry', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: ErrorEnvelope },
    },
  }
}

function describe(operation: AnyOperation): object {
  const { id, plane, body, reply, seenFrom } = operation
  return {
    operationId: `${plane}.${id}`,
    tags: [plane],
    ...(needsOf(operation) === 'nothing' && { security: [] }),
    parameters: [...pathParameters(operation), ...queryParameters(operation.query)],
    ...(body && { requestBody: { content: { 'application/json': { schema: body } } } }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: reply } } },
      default: {
        description: 'Refused; the message says what to do.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
    'x-needs': needsOf(operation),
    'x-refuses': refusesOf(operation),
    'x-seen-from': seenFrom,
  }
}

function pathParameters({ path }: AnyOperation): object[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
  }))
}

function queryParameters(query: Schema | undefined): object[] {
  return Object.entries(query?.properties ?? {}).map(([name, schema]) => ({ name, in: 'query', schema }))
}
