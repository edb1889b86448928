import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Step } from '../step.ts'

/** The folder for a build's output is in use, or cannot be written. */
export class OutputDirError extends Error {
  override readonly name = 'OutputDirError'
}

/**
 * Makes the folder for what the build makes. One that is there fails the build, unless `-force` says that it is to be
 * replaced. Its clean-up removes the folder of a build that was cancelled or halted.
 */
export function stepOutputDir(path: string): Step {
  const folder = resolve(path)
  let isOurs = false
  return {
    name: 'StepOutputDir',
    async run(state) {
      if (await isThere(folder)) {
        if (!state.get('packer').force)
          throw new OutputDirError(
            `Output directory ${path} exists already: remove it, or build with -force to have it replaced`,
          )
        void state.get('ui').say(`Deleting previous output directory ${path}...`)
        await rm(folder, { recursive: true })
      }
      await mkdir(folder, { recursive: true })
      isOurs = true
      await checkWritable(folder)
    },
    async cleanup(state) {
      if (!isOurs || !(state.getOk('cancelled') || state.getOk('halted'))) return
      void state.get('ui').say(`Deleting output directory ${path}...`)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Better known now than after an hour's build. */
async function checkWritable(folder: string): Promise<void> {
  const probe = join(folder, '.packer-write-test')
  try {
    await writeFile(probe, '')
    await rm(probe)
  } catch (cause) {
    throw new OutputDirError(`Output directory ${folder} cannot be written`, { cause })
  }
}
