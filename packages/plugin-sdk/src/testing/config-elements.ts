import { CtyError, fromPlain } from '@ingot/cty'
import type { ConfigElement } from '@ingot/plugin-rpc'
import type { ConfigSchema } from '../config/config.ts'
import { schemaType } from '../config/spec.ts'
import { writtenShape } from '../config/written.ts'

/**
 * A configuration as HCL templates send it. What HCL would not even let through goes as JSON templates send it, so
 * that the refusal is the component's own.
 */
export function configElement(schema: ConfigSchema, config: unknown): ConfigElement {
  const data = writtenShape(schema.shape, config)
  try {
    return { kind: 'cty', value: fromPlain(data, schemaType(schema)) }
  } catch (error) {
    if (error instanceof CtyError) return { kind: 'plain', data }
    throw error
  }
}

/** What the host says of the build itself. */
export function packerElement(more: Readonly<Record<string, unknown>> = {}): ConfigElement {
  const data = {
    packer_build_name: 'test',
    packer_builder_type: 'test',
    packer_core_version: '1.16.0',
    packer_debug: 'false',
    packer_force: 'false',
    packer_on_error: '',
    ...more,
  }
  return { kind: 'plain', data }
}
