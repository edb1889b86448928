import { flushCompileCache } from 'node:module'
import { startRegistry } from '../src/index.ts'

// A registry as a process of its own, to be killed or measured: says so when it answers, and tells the bytes that it holds on
// to when its parent asks.
const logLevel = process.argv[3] === 'debug' || process.argv[3] === 'info' ? process.argv[3] : 'error'
await startRegistry({ dataDir: process.argv[2]!, listen: '127.0.0.1:0', logLevel })
flushCompileCache()
process.stdout.write('ready\n')
process.on('message', () => {
  globalThis.gc!()
  const { heapUsed, external } = process.memoryUsage()
  process.send!(heapUsed + external)
})
