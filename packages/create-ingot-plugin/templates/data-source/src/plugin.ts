import { definePlugin } from '@ingot/plugin-sdk'
import { newest } from './datasource.ts'

/** Templates name the data source __NAME__-newest. */
export const plugin = definePlugin({ name: '__NAME__', version: '0.1.0', datasources: { newest } })
