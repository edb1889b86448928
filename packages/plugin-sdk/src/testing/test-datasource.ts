import type { ConfigInput, ConfigOf, ConfigSchema } from '../config/config.ts'
import type { DatasourceComponent } from '../datasource/definition.ts'

/**
 * Runs a data source over the real wire, in process, as Packer does: configure, execute.
 * @throws Error with the message that the user of Packer would read.
 */
export function testDatasource<Schema extends ConfigSchema, Output extends ConfigSchema>(
  _datasource: DatasourceComponent<Schema, Output>,
): { run(config: ConfigInput<Schema>): Promise<ConfigOf<Output>> } {
  throw new Error('Testing a data source is not there yet.')
}
