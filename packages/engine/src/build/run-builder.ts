import { ARTIFACT_STATE_URI, decodeImages, type Image, validate } from '@ingot/image'
import type { Artifact } from '@ingot/plugin-rpc'
import { reasonOf } from '../errors.ts'
import type { OnEvent } from '../events.ts'
import { buildUi } from './build-ui.ts'
import type { PreparedBuild } from './prepare-build.ts'
import { noProvisioners } from './provisioning.ts'

/** What a builder made. */
export interface MadeArtifact {
  readonly builderId: string
  readonly id: string
  /** What people read about it. */
  readonly description: string
  readonly files: readonly string[]
  readonly images: readonly [Image, ...Image[]]
}

/** A build that made nothing that can be published; the message says why. */
class BuildFailure extends Error {
  override readonly name = 'BuildFailure'
}

/** Runs a prepared builder to its end and reads its artifact. @throws BuildFailure, or what the builder threw */
export async function runBuilder(
  { component, running }: PreparedBuild,
  { signal, onEvent }: { readonly signal: AbortSignal; readonly onEvent: OnEvent },
): Promise<MadeArtifact> {
  const ui = buildUi(component, onEvent)
  const artifact = await running.builder.run({ ui, hook: noProvisioners, signal })
  if (!artifact)
    throw new BuildFailure('The builder ended without an artifact, so there is nothing to publish.')
  const [builderId, id, description, files] = await Promise.all([
    artifact.builderId(),
    artifact.id(),
    artifact.describe(),
    artifact.files(),
  ])
  onEvent({ type: 'build-made', component, description })
  return { builderId, id, description, files, images: await imagesOf(artifact, description) }
}

async function imagesOf(artifact: Artifact, description: string): Promise<readonly [Image, ...Image[]]> {
  const made = `The artifact was made (${description}), but`
  const { images } = decoded(await artifact.state(ARTIFACT_STATE_URI), made)
  const [first, ...rest] = images
  if (!first) throw new BuildFailure(`${made} it carries no image metadata, so there is nothing to publish.`)
  for (const image of images) {
    try {
      validate(image)
    } catch (error) {
      throw new BuildFailure(`${made} its image metadata is not complete: ${reasonOf(error)}`)
    }
  }
  return [first, ...rest]
}

function decoded(state: unknown, made: string) {
  try {
    return decodeImages(state)
  } catch (error) {
    throw new BuildFailure(`${made} its image metadata cannot be read: ${reasonOf(error)}`)
  }
}
