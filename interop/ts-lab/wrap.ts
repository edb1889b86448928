import { rm, writeFile } from 'node:fs/promises'
import { config, definePostProcessor } from '@ingot/plugin-sdk'

/** Writes a file beside that of an artifact, in the artifact's place. */
export const wrap = definePostProcessor({
  config: config({
    paper: config.string().default('').doc('What it is wrapped in.'),
    fail: config.boolean().default(false).doc('Whether it cannot be wrapped.'),
  }),
  async run({ config: { paper, fail }, artifact, ui }) {
    void ui.say(`Wrapping ${artifact.id} in ${paper}`)
    if (fail) throw new Error('the paper is torn')
    const file = `${artifact.id}.wrapped`
    await writeFile(file, 'wrapped\n')
    return {
      id: file,
      builderId: 'lab.machine',
      description: `image ${file}`,
      files: [file],
      images: 'none',
      keepInput: false,
      destroy: () => rm(file),
    }
  },
})
