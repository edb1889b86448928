import type { ConfigElement } from '../components.ts'
import { decodeDynamicJson, encodeDynamicJson } from '../value/json.ts'
import { asFields, asList } from './shape.ts'

/*
 * A typed value travels as bytes that hold JSON; anything that is not bytes is plain data. So text that
 * holds the same JSON would be a mere text at the other end.
 */

/** The argument of `Prepare` and `Configure`. */
export function writeConfigs(configs: readonly ConfigElement[]): Record<string, unknown> {
  return {
    Configs: configs.map((element) =>
      element.kind === 'cty' ? encodeDynamicJson(element.value) : element.data,
    ),
  }
}

/** Throws a `WireError` where bytes hold no typed value. */
export function readConfigs(argument: unknown): ConfigElement[] {
  const configs = asList(asFields(argument, 'The configuration')['Configs'], 'The list of configurations')
  return configs.map((element) =>
    element instanceof Uint8Array
      ? { kind: 'cty', value: decodeDynamicJson(element) }
      : { kind: 'plain', data: element },
  )
}
