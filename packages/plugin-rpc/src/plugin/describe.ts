import { API_MAJOR, API_MINOR, PROTOBUF_PROTOCOL } from '../handshake.ts'
import type { PluginSet } from './plugin-set.ts'

/** The line of JSON that `describe` prints, with the keys in the order of Go's plugins. */
export function describeLine(set: PluginSet): string {
  const description = {
    version: set.version,
    sdk_version: set.sdkVersion,
    api_version: `x${API_MAJOR}.${API_MINOR}`,
    builders: names(set.builders),
    post_processors: names(set.postProcessors),
    provisioners: names(set.provisioners),
    datasources: names(set.datasources),
    protocol_version: PROTOBUF_PROTOCOL,
  }
  return `${JSON.stringify(description)}\n`
}

function names(components: Readonly<Record<string, unknown>> = {}): string[] {
  return Object.keys(components).sort()
}
