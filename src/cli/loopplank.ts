#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import path from 'node:path';

// The second start within two seconds: what was compiled is kept beside the packages. Where that folder cannot be written, nothing is kept.
enableCompileCache(path.resolve(import.meta.dirname, '../../node_modules/.cache/loopplank'));
await import('./program.ts');
