import type { ConfigInput, ConfigOf, ConfigSchema } from '../config/config.ts'
import type { Duration } from '../config/duration.ts'

/** What a data source is: see {@link defineDatasource}. */
export interface DatasourceDefinition<Schema extends ConfigSchema, Output extends ConfigSchema> {
  /** For the documentation; Markdown. */
  readonly doc?: string
  readonly config: Schema
  /** What templates may read of it: a schema as well. */
  readonly output: Output
  /** How long after a cancel `execute` may still take, {@link ABORT_GRACE} unless told; then it is left and its process ends. */
  readonly abortGrace?: Duration
  /** Looks it up. Throw an error whose message says what the user can do. */
  execute(call: DatasourceCall<ConfigOf<Schema>>): ConfigInput<Output> | Promise<ConfigInput<Output>>
}

/** What a look-up has at hand. */
export interface DatasourceCall<Config> {
  readonly config: Config
  readonly signal: AbortSignal
}

/** A data source, ready for {@link definePlugin} and {@link testDatasource}. */
export interface DatasourceComponent<
  Schema extends ConfigSchema = ConfigSchema,
  Output extends ConfigSchema = ConfigSchema,
> {
  readonly kind: 'datasource'
  readonly definition: DatasourceDefinition<Schema, Output>
}

/**
 * Defines a data source. What `execute` answers is checked against `output`; what it leaves out is null.
 *
 * @example
 * const latest = defineDatasource({
 *   config: config({ folder: config.string().required() }),
 *   output: config({ path: config.string() }),
 *   execute: ({ config }) => ({ path: `${config.folder}/latest.tar` }),
 * })
 */
export function defineDatasource<Schema extends ConfigSchema, Output extends ConfigSchema>(
  definition: DatasourceDefinition<Schema, Output>,
): DatasourceComponent<Schema, Output> {
  return { kind: 'datasource', definition }
}
