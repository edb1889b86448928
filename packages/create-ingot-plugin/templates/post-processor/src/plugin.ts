import { definePlugin } from '@ingot/plugin-sdk'
import { checksums } from './post-processor.ts'

/** Templates name the post-processor __NAME__-checksums. */
export const plugin = definePlugin({ name: '__NAME__', version: '0.1.0', postProcessors: { checksums } })
