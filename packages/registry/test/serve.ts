import { flushCompileCache } from 'node:module'
import { startRegistry } from '../src/index.ts'

// A registry as a process of its own, to be killed: says so when it answers.
await startRegistry({ dataDir: process.argv[2]!, listen: '127.0.0.1:0' })
flushCompileCache()
process.stdout.write('ready\n')
