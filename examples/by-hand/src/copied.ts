import {
  ARTIFACT_STATE_URI,
  fromArtifact,
  type Image,
  setLabels,
  withId,
  withProvider,
  withRegion,
  withSourceId,
} from '@ingot/image'
import { type BuildResult, config, defineBuilder } from '@ingot/plugin-sdk'

/** An artifact with a copy in every region, and facts that it answers by name. */
class CopiedArtifact implements BuildResult {
  readonly builderId = 'happy-cloud.copied'
  readonly #copies: ReadonlyMap<string, string>
  readonly #facts: Readonly<Record<string, string | number>>

  constructor(copies: ReadonlyMap<string, string>, facts: Readonly<Record<string, string | number>>) {
    this.#copies = copies
    this.#facts = facts
  }

  get id(): string {
    return [...this.#copies].map(([region, id]) => `${region}:${id}`).join(',')
  }

  state(name: string): Image[] | string | number | undefined {
    if (name === ARTIFACT_STATE_URI) return [...this.#copies].map((copy) => this.#imageOf(...copy))
    return this.#facts[name]
  }

  /** Overrides apply in order; of the labels only those that are text are kept. */
  #imageOf(region: string, id: string): Image {
    return fromArtifact(
      this,
      withId(id),
      withProvider('happy-cloud'),
      withRegion(region),
      withSourceId(String(this.#facts['source_image'])),
      setLabels(this.#facts),
    )
  }
}

/** The form with overrides: what the artifact says of itself is not what the registry is to know. */
export const copied = defineBuilder({
  config: config({
    image_name: config.string().required().doc('What the image is called.'),
    source_image: config.string().required().doc('The image that it is made from.'),
    regions: config.list(config.string()).default(['north']).doc('Where it is copied to.'),
  }),
  run({ config }) {
    const copies = new Map(config.regions.map((region) => [region, `${config.image_name}-${region}`]))
    return new CopiedArtifact(copies, { source_image: config.source_image, size_gb: 8 })
  },
})
