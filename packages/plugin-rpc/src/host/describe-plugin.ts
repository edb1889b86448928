/** What a plugin says of itself: the answer to `FILE describe`. */
export interface PluginDescription {
  readonly version: string
  readonly sdkVersion: string
  /** With its `x`: `x5.0`. */
  readonly apiVersion: string
  /** `v2` where the plugin understands `--protobuf`; plugins of SDKs before 0.6.0 say nothing. */
  readonly protocolVersion: string | undefined
  readonly builders: readonly string[]
  readonly datasources: readonly string[]
  readonly provisioners: readonly string[]
  readonly postProcessors: readonly string[]
}

export interface DescribeOptions {
  /** Words before `describe`, for a plugin that an interpreter runs. */
  readonly args?: readonly string[]
  /** Milliseconds until the plugin is given up; 20 000 unless told. */
  readonly timeout?: number
}

/** Runs `FILE describe`. Throws a `PluginError` for a file that is no plugin or speaks another API than 5.0. */
export async function describePlugin(
  _file: string,
  _options: DescribeOptions = {},
): Promise<PluginDescription> {
  throw new Error('Describing a plugin is not there yet.')
}
