import { readFileSync } from 'node:fs'
import type { Summary } from './summary.ts'

// Sums the counts that the suites wrote into the file named by the first argument, as one line.
const lines = readFileSync(process.argv[2]!, 'utf8').trim().split('\n').filter(Boolean)
const all: Summary[] = lines.map((line) => JSON.parse(line))
const sum = (key: keyof Summary) => all.reduce((total, each) => total + each[key], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
