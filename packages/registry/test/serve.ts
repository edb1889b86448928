import { flushCompileCache } from 'node:module'
import { startRegistry } from '../src/index.ts'

// A registry as a process of its own, to be killed or measured: says so when it answers, and tells the bytes that it holds on
// to when its parent asks.
await startRegistry({ dataDir: process.argv[2]!, listen: '127.0.0.1:0', logLevel: 'error' })
flushCompileCache()
process.stdout.write('ready\n')
process.on('message', () => {
  globalThis.gc!()
  const { heapUsed, external } = process.memoryUsage()
  process.send!(heapUsed + external)
})
