import { expect, test } from 'vitest'
import { everyOperation, openApi } from './openapi.ts'

test('the document holds every operation once, with its parameters', () => {
  const { paths } = openApi('1.2.3') as { paths: Record<string, Record<string, { parameters: object[] }>> }
  const described = Object.values(paths).flatMap((methods) => Object.values(methods))
  expect(described).toHaveLength(everyOperation.length)
  for (const [path, methods] of Object.entries(paths))
    for (const { parameters } of Object.values(methods))
      for (const [, name] of path.matchAll(/\{(\w+)\}/g))
        expect(parameters).toContainEqual({ name, in: 'path', required: true, schema: { type: 'string' } })
})

test('it is plain JSON', () => {
  expect(JSON.parse(JSON.stringify(openApi('1.2.3')))).toEqual(openApi('1.2.3'))
})
