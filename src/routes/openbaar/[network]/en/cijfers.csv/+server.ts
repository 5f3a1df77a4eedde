import type { RequestHandler } from './$types.js';
import { figuresFile } from '../../visited.server.ts';

export const GET: RequestHandler = (event) => figuresFile(event);
