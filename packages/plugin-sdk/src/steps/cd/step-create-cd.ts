import { constants } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { listedFiles } from '../files/listed-files.ts'
import type { Step } from '../step.ts'
import type { CdConfig } from './cd-config.ts'
import { CdError, makeIso } from './make-iso.ts'

/**
 * Makes the image of a CD of what the template's `cd_…` fields name, with the first of `xorriso`, `mkisofs`, `hdiutil` and
 * `oscdimg` that is there, and puts `cd_path`; does nothing where they name nothing. Its clean-up removes the image.
 */
export function stepCreateCd(config: CdConfig): Step {
  let folder: string | undefined
  return {
    name: 'StepCreateCD',
    async run(state) {
      if (config.cd_files.length + Object.keys(config.cd_content).length === 0) return
      void state.get('ui').say('Creating CD disk...')
      folder = await mkdtemp(join(tmpdir(), 'packer-cd-'))
      const [content, path] = [join(folder, 'content'), join(folder, 'cd.iso')]
      await mkdir(content)
      await gather(config, content)
      await makeIso({ folder: content, path, label: config.cd_label }, state.get('signal'))
      await rm(content, { recursive: true })
      state.put('cd_path', path)
    },
    async cleanup() {
      if (folder) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function gather(config: CdConfig, folder: string): Promise<void> {
  for (const { path, source } of await listedFiles(config.cd_files, 'content')) {
    await copyFile(source, await place(folder, path), constants.COPYFILE_FICLONE)
  }
  for (const [path, text] of Object.entries(config.cd_content))
    await writeFile(await place(folder, path), text)
}

async function place(folder: string, path: string): Promise<string> {
  const target = join(folder, path)
  if (!target.startsWith(folder + sep)) throw new CdError(`"${path}" is no path on a CD`)
  await mkdir(dirname(target), { recursive: true })
  return target
}
