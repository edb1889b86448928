import { definePlugin } from '@ingot/plugin-sdk'
import { image } from './builder.ts'

/** Templates name the builder __NAME__-image. */
export const plugin = definePlugin({ name: '__NAME__', version: '0.1.0', builders: { image } })
