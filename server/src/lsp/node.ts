import { bundledPacks } from 'huashu:packs';
import { startNodeServer } from './nodeServer.ts';

startNodeServer(bundledPacks, () => import('huashu:documents'));
