import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { config, defineBuilder } from '@ingot/plugin-sdk'

export const settings = config({
  source: config.string().required().doc('File to make an image of.'),
  output: config.string().required().doc('File to write the image to.'),
  regions: config.list(config.string()).default(['local']).doc('Where the image is offered.'),
  token: config.string().sensitive().doc('What the cloud asks for. It shows nowhere.'),
})

/** Copies a file and calls the copy an image: put your cloud in its place. */
export const image = defineBuilder({
  doc: 'Makes an image of a file.',
  config: settings,
  generates: ['ImagePath'],
  async run({ config, ui, provision, cleanup, signal }) {
    ui.say(`Copying ${config.source}`)
    await mkdir(dirname(config.output), { recursive: true })
    await writeFile(config.output, await readFile(config.source), { signal })
    cleanup((outcome) => (outcome === 'done' ? undefined : rm(config.output, { force: true })))
    await provision({ data: { ImagePath: config.output } })
    const id = createHash('sha256')
      .update(await readFile(config.output))
      .digest('hex')
    return {
      id,
      description: `Image ${id} in ${config.output}`,
      files: [config.output],
      images: config.regions.map((region) => ({
        imageId: id,
        providerName: '__NAME__',
        providerRegion: region,
        sourceImageId: config.source,
      })),
      destroy: () => rm(config.output, { force: true }),
    }
  },
})
