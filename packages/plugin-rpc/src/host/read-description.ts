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

/** The description, or what is wrong with it as the end of a sentence. */
export function readDescription(printed: string): PluginDescription | string {
  let fields: unknown
  try {
    fields = JSON.parse(printed)
  } catch {
    return `described itself with ${JSON.stringify(printed.slice(0, 200))}, which is no JSON: it is no plugin for packer`
  }
  if (typeof fields !== 'object' || fields === null) return 'described itself with JSON that is no object'
  return fromFields(fields as Record<string, unknown>)
}

function fromFields(fields: Record<string, unknown>): PluginDescription | string {
  const {
    version,
    sdk_version: sdkVersion = '',
    api_version: apiVersion,
    protocol_version: protocolVersion,
  } = fields
  if (typeof version !== 'string' || typeof apiVersion !== 'string' || typeof sdkVersion !== 'string')
    return 'does not say its version and that of its API when it describes itself'
  const [builders, datasources, provisioners, postProcessors] = [
    'builders',
    'datasources',
    'provisioners',
    'post_processors',
  ].map((kind) => names(fields[kind]))
  if (!builders || !datasources || !provisioners || !postProcessors)
    return 'does not list the names of its components as text when it describes itself'
  return {
    version,
    sdkVersion,
    apiVersion,
    protocolVersion: typeof protocolVersion === 'string' ? protocolVersion : undefined,
    builders,
    datasources,
    provisioners,
    postProcessors,
  }
}

function names(value: unknown): string[] | undefined {
  const list = value ?? []
  return Array.isArray(list) && list.every((name) => typeof name === 'string') ? list : undefined
}
