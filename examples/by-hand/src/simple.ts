import { ARTIFACT_STATE_URI, fromArtifact, type Image } from '@ingot/image'
import { type BuildResult, config, defineBuilder } from '@ingot/plugin-sdk'

/** An artifact whose own id and builder id say all that a registry must know. */
class SimpleArtifact implements BuildResult {
  readonly builderId = 'happy-cloud'
  readonly id: string

  constructor(id: string) {
    this.id = id
  }

  /** Answers what is asked under a name; undefined leaves it to the plugin SDK. */
  state(name: string): Image | undefined {
    if (name === ARTIFACT_STATE_URI) return fromArtifact(this)
  }
}

/** The simple form: the image's id is the artifact's, its provider the builder id. */
export const simple = defineBuilder({
  config: config({ image_name: config.string().required().doc('What the image is called.') }),
  sourceImage: 'none',
  run: ({ config }) => new SimpleArtifact(config.image_name),
})
