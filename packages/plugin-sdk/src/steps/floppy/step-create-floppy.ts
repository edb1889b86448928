import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listedFiles } from '../files/listed-files.ts'
import type { Step } from '../step.ts'
import { FLOPPY_CAPACITY } from './fat-space.ts'
import type { FloppyConfig } from './floppy-config.ts'
import { FloppyError, floppyImage } from './floppy-image.ts'

/**
 * Makes the image of a 1.44 MB floppy of what the template's `floppy_…` fields name, and puts `floppy_path`; does nothing
 * where they name nothing. Its clean-up removes the image.
 */
export function stepCreateFloppy(config: FloppyConfig): Step {
  let folder: string | undefined
  return {
    name: 'StepCreateFloppy',
    async run(state) {
      const { floppy_files: files, floppy_dirs: folders, floppy_content: content } = config
      if (files.length + folders.length + Object.keys(content).length === 0) return
      void state.get('ui').say('Creating floppy disk...')
      const image = floppyImage(await contents(config), {
        label: config.floppy_label,
        time: new Date(),
        serial: randomBytes(4).readUInt32LE(),
      })
      folder = await mkdtemp(join(tmpdir(), 'packer-floppy-'))
      const path = join(folder, 'floppy.img')
      await writeFile(path, image)
      state.put('floppy_path', path)
    },
    async cleanup() {
      if (folder) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What the template writes itself comes last, and so replaces what is read. */
async function contents(config: FloppyConfig): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>()
  let size = 0
  for (const { path, source } of await listedFiles([...config.floppy_files, ...config.floppy_dirs], 'same')) {
    // Before it is read: a list may name the wrong folder.
    size += (await stat(source)).size
    if (size > FLOPPY_CAPACITY) {
      throw new FloppyError(
        `The files of floppy_files and floppy_dirs do not fit onto a floppy, as of ${source}`,
      )
    }
    found.set(path, await readFile(source))
  }
  for (const [path, text] of Object.entries(config.floppy_content)) found.set(path, Buffer.from(text))
  return found
}
