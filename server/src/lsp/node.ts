import { startNodeServer } from './nodeServer.ts';

startNodeServer();
