import { list, map, number, string } from '@ingot/cty'
import { expect, test } from 'vitest'
import { DefinitionError } from '../errors/definition-error.ts'
import { config } from './config.ts'
import { configSpec } from './spec.ts'

test('every kind of field has its HCL spec, former names too, and nothing is required by HCL', () => {
  const spec = configSpec(
    config({
      source: config.string().required().formerly('from'),
      timeout: config.duration(),
      sizes: config.list(config.list(config.number())),
      labels: config.map(),
      compression: config.block({ level: config.number() }),
      disk: config.blocks({ labels: config.map(config.number()) }),
    }),
  )
  const attr = (name: string, type: unknown) => ({ kind: 'attr', name, type, required: false })
  const object = (attributes: unknown) => ({ kind: 'object', attributes })
  expect(spec).toEqual(
    object({
      source: attr('source', string),
      from: attr('from', string),
      timeout: attr('timeout', string),
      sizes: attr('sizes', list(list(number))),
      labels: attr('labels', map(string)),
      compression: {
        kind: 'block',
        name: 'compression',
        required: false,
        nested: object({ level: attr('level', number) }),
      },
      disk: { kind: 'blockList', name: 'disk', nested: object({ labels: attr('labels', map(number)) }) },
    }),
  )
})

test('a list of blocks is refused where it is declared', () => {
  expect(() => config.list(config.block({}))).toThrow(DefinitionError)
})
