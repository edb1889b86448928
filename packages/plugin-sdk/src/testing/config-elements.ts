import { CtyError, fromPlain } from '@ingot/cty'
import type { ConfigElement, GeneratedData } from '@ingot/plugin-rpc'
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

/** How a template is written. */
export type TemplateKind = 'hcl' | 'json'

interface Call {
  readonly data: GeneratedData
  readonly packer?: Readonly<Record<string, unknown>>
  readonly template?: TemplateKind
}

/**
 * The configurations of a provisioner's or post-processor's calls: when a template is read, and again before the run,
 * which only HCL templates have.
 */
export function callConfigs(
  schema: ConfigSchema,
  config: unknown,
  { data, packer, template = 'hcl' }: Call,
): [first: readonly ConfigElement[], last?: readonly ConfigElement[]] {
  if (template === 'json') return [[plainConfig(schema, config), packerElement(packer), placeholders(data)]]
  const configs = [packerElement(packer), configElement(schema, config)]
  return [configs, configs]
}

function plainConfig(schema: ConfigSchema, config: unknown): ConfigElement {
  return { kind: 'plain', data: writtenShape(schema.shape, config) }
}

/** As packer 1.16 sends them. */
function placeholders(data: GeneratedData): ConfigElement {
  const text = (name: string) =>
    `Build_${name}. To set this dynamically in the Packer template, you must use the \`build\` function`
  return { kind: 'plain', data: Object.fromEntries(Object.keys(data).map((name) => [name, text(name)])) }
}
