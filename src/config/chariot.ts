/**
 * The default profile: the vocabulary of the `chariot` platform (platform.md) over the general facts in `knowledge/`.
 *
 * Everything here can be changed in a configuration file; another company's platform is another such object and no fork.
 */
import { localPackages, logPackages } from '../knowledge/local-packages.ts';
import { clientWords, sdkPackages, sinkCalls } from '../knowledge/sink-calls.ts';
import type { Vocabulary } from '../model/vocabulary.ts';

export const chariot: Vocabulary = {
  baseTypes: ['pkg/base.BaseCapability'],
  registrars: ['pkg/registries.Register*'],
  jobTypes: ['pkg/model.Job'],
  sendMethods: ['Send'],
  seedFields: ['Seeds'],
  guardedModels: ['pkg/model.Asset', 'pkg/model.Risk'],
  modelPackages: ['pkg/model'],
  modelInterfaces: ['pkg/model.Model'],

  filterConstructors: ['pkg/filter.New*'],
  filterTypes: ['pkg/filter.*Filter', 'pkg/model.Filter'],
  filterMethods: [
    { name: 'Asset', trueMeans: 'reject' },
    { name: 'Risk', trueMeans: 'reject' },
    { name: 'ShouldSend', trueMeans: 'accept' },
    { name: 'FilterAssets', trueMeans: 'list' },
    { name: 'FilterRisks', trueMeans: 'list' },
  ],

  entryMethod: 'Invoke',
  credentialsMethod: 'ValidateCredentials',
  affiliationMethod: 'CheckAffiliation',
  affiliationDelegates: ['CheckAffiliationSimple'],
  enabledMethod: 'Integration',
  surfaceMethod: 'Surface',
  unfilteredSurfaces: ['pkg/attacksurface.SCM'],

  // Options such as `web.WithBearer` are no requests.
  sinkCalls: [
    'pkg/lib/web.Request*',
    'pkg/lib/web.Do*',
    'pkg/lib/web.Get*',
    'pkg/lib/web.Post*',
    ...sinkCalls,
  ],
  sdkPackages,
  localPackages: [
    'pkg/model',
    'pkg/base',
    'pkg/filter',
    'pkg/registries',
    'pkg/attacksurface',
    ...localPackages,
  ],
  logPackages,
  clientWords,

  groupPackages: ['golang.org/x/sync/errgroup'],
};
