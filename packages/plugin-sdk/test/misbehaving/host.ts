import { startPlugin } from '@ingot/plugin-rpc'
import { RecordingUi } from '../../src/testing/recording-ui.ts'

/** A host in the middle of a build, until it is killed. It prints the plugin's process, and what the plugin says. */

const file = new URL('plugin.ts', import.meta.url).pathname
const plugin = await startPlugin({
  kind: 'builder',
  name: process.argv[2]!,
  file: process.execPath,
  args: [file],
  protobuf: true,
})
console.log(`plugin ${plugin.pid}`)
const ui = new RecordingUi()
ui.say = async (text) => console.log(text)
const { signal } = new AbortController()
await plugin.builder.prepare([{ kind: 'plain', data: {} }])
await plugin.builder.run({ ui, hook: { run: async () => {} }, signal })
