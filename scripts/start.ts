import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from '@ingot/client'
import { type LocalAccess, localAccess, startRegistry } from '@ingot/registry'
import {
  clientVariables,
  dataDirectory,
  exitCode,
  explain,
  exportBlock,
  type Interrupt,
  listenAddress,
  onInterrupt,
} from 'ingot'
import { runDemo } from './demo/run-demo.ts'
import { showPublished } from './demo/show-published.ts'

const nextSteps = `
Try next, in a second shell:

  npx ingot versions demo-parent
  npx ingot resolve demo-child --channel latest --region eu
  eval "$(npx ingot env)" && npx ingot doctor

Serving until Ctrl-C.`

// The main job from a fresh clone: start the registry, bake a parent and a child, show them, keep serving.
const note = (line: string) => console.error(line)
try {
  process.exitCode = await start()
} catch (thrown) {
  const { text, code } = explain(thrown)
  note(text)
  process.exitCode = code
}

async function start(): Promise<number> {
  const { data, listen } = options()
  using interrupt = onInterrupt(note, 'Stopping …')
  note(`Starting the registry of ${data} …`)
  const registry = await startRegistry({ dataDir: data, listen, logLevel: 'warn' })
  try {
    note(
      `${registry.created ? 'Made a new registry' : 'Found the registry of an earlier start'}: ${registry.url}`,
    )
    if ((await bake(data, interrupt)) && !interrupt.signal.aborted) await once(interrupt.signal, 'abort')
  } finally {
    await registry.close()
  }
  return interrupt.status === undefined ? exitCode.failed : exitCode.done
}

/** Whether there is something to keep serving for. */
async function bake(dataDir: string, interrupt: Interrupt): Promise<boolean> {
  const access = localAccess(dataDir)
  await using client = localClient(access)
  const folder = join(dataDir, 'demo')
  if (!(await runDemo({ client, folder, note, interrupt }))) return false
  console.log(`\n${await showPublished(client)}`)
  console.log(`\nPoint packer and terraform here:\n\n${exportBlock(clientVariables(access))}`)
  console.log(nextSteps)
  return true
}

function localClient({
  url,
  clientId,
  clientSecret,
  organizationId,
  projectId,
  caFile,
}: LocalAccess): Client {
  return new Client({
    url,
    clientId,
    clientSecret,
    organizationId,
    projectId,
    ca: readFileSync(caFile, 'utf8'),
  })
}

function options(): { readonly data: string; readonly listen: string } {
  const { values } = parseArgs({ options: { data: { type: 'string' }, listen: { type: 'string' } } })
  return { data: dataDirectory(values.data), listen: listenAddress(values.listen) }
}
