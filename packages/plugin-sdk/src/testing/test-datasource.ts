import { connectInProcess } from '@ingot/plugin-rpc'
import type { ConfigInput, ConfigOf, ConfigSchema } from '../config/config.ts'
import { decodeValues } from '../config/decode.ts'
import { plainElement } from '../config/plain.ts'
import type { DatasourceComponent } from '../datasource/definition.ts'
import { HostedDatasource } from '../datasource/hosted-datasource.ts'
import type { Plugin } from '../plugin/define-plugin.ts'
import { Secrets } from '../secrets/secrets.ts'
import { type AnyConfig, componentOf } from './component-of.ts'
import { configElement } from './config-elements.ts'
import { testSurroundings } from './test-surroundings.ts'

/** Runs of one data source; see {@link testDatasource}. */
export interface DatasourceTest<Config, Output> {
  /** @throws Error with the message that the user of Packer reads. */
  run(config: Config): Promise<Output>
}

/**
 * Runs a data source over the real wire, in process, as Packer does: configure, execute.
 *
 * @example
 * const { path } = await testDatasource(latest).run({ folder: 'fixtures' })
 */
export function testDatasource<Schema extends ConfigSchema, Output extends ConfigSchema>(
  component: DatasourceComponent<Schema, Output>,
): DatasourceTest<ConfigInput<Schema>, ConfigOf<Output>>
/** The plugin's only data source, or the one of that name. */
export function testDatasource(plugin: Plugin, name?: string): DatasourceTest<AnyConfig, AnyConfig>
export function testDatasource(
  // biome-ignore lint/suspicious/noExplicitAny: the overloads say which
  given: DatasourceComponent<any, any> | Plugin,
  name?: string,
): DatasourceTest<AnyConfig, AnyConfig> {
  const component = componentOf(given, 'datasources', name)
  const { definition } = component
  return {
    async run(config) {
      const served = new HostedDatasource(component, testSurroundings())
      await using plugin = await connectInProcess({ datasource: served })
      await plugin.datasource.configure([configElement(definition.config, config)])
      const value = await plugin.datasource.execute({ signal: new AbortController().signal })
      const raw = plainElement({ kind: 'cty', value }) as Readonly<Record<string, unknown>>
      const read = { placeholders: false, secrets: new Secrets(), template: undefined }
      return decodeValues(definition.output, raw, read).config
    },
  }
}
