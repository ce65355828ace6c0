/** The model that a parsed XGBoost file describes, JSON or UBJ: they hold the same tree of keys. */
import { fail } from '../../error.js';
import { countAt, type Document, find, listAt, numbersAt, textAt } from '../document.js';
import { type Objective, requireTree, type Tree, type TreeEnsemble } from '../ensemble.js';
import { featureNames, type ReadOptions, requireMost, unsupported } from '../limits.js';

const OBJECTIVES: ReadonlyMap<string, Objective> = new Map([
  ['binary:logistic', 'logistic'],
  ['reg:logistic', 'logistic'],
  ['multi:softprob', 'softmax'],
  ['multi:softmax', 'softmax'],
  ['reg:squarederror', 'squared'],
]);

/** Reads a parsed file. Throws `MlError` when it is of a kind that is not read, or damaged. */
export function ensembleOf(document: Document, options: ReadOptions): TreeEnsemble {
  const learner = find(document, 'learner');
  const booster = textAt(learner, 'gradient_booster.name');
  if (booster !== 'gbtree') unsupported(booster, 'train with booster "gbtree"');
  const objectiveName = textAt(learner, 'objective.name');
  const objective = OBJECTIVES.get(objectiveName);
  if (objective === undefined) {
    return unsupported(objectiveName, `objectives that are read: ${[...OBJECTIVES.keys()].join(', ')}`);
  }
  // A feature of categories is coded by the library before it is compared, even where no split asks for a category.
  if (listIn(learner, 'feature_types').includes('c')) categorical();
  const parameters = find(learner, 'learner_model_param');
  const width = countAt(parameters, 'num_feature');
  const outputs = objective === 'softmax' ? countAt(parameters, 'num_class') : 1;
  requireMost(outputs, 'outputs');
  const features = featureNames(width, listIn(learner, 'feature_names').map(String), options);
  const model = find(learner, 'gradient_booster.model');
  const list = listAt(model, 'trees');
  const outputOf = numbersAt(model, 'tree_info', list.length);
  const trees = list.map((tree, index) => treeOf(tree, index, outputOf[index]!, width));
  const stray = outputOf.find((output) => !(Number.isInteger(output) && output >= 0 && output < outputs));
  if (stray !== undefined) {
    fail('MODEL_FIELD', `a tree is of output ${stray}, and the model has ${outputs}; the file is damaged`, { stray });
  }
  const base = baseOf(textAt(parameters, 'base_score'), objective, outputs);
  return { objective, features, base, trees, precision: 'float32', missing: features.map(() => 'nan') };
}

/** A list that files may leave out. */
function listIn(document: Document, path: string): readonly Document[] {
  return find(document, path) === undefined ? [] : listAt(document, path);
}

function categorical(): never {
  return unsupported('categorical', 'encode categories as numbers before training');
}

/** The base score is one number, or since 3.0 a list of one an output. With the logistic loss it is a probability. */
function baseOf(text: string, objective: Objective, outputs: number): Float64Array {
  const parts = text.replace(/^\[(.*)\]$/s, '$1').split(',');
  const numbers = parts.map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const isOne = numbers.length === 1;
  if (!(isOne || numbers.length === outputs) || !numbers.every(Number.isFinite)) {
    return fail('MODEL_FIELD', `the base score "${text}" does not fit ${outputs} outputs; the file is damaged`, {
      text,
    });
  }
  return Float64Array.from({ length: outputs }, (_, k) => {
    const score = Math.fround(numbers[isOne ? 0 : k]!);
    if (objective !== 'logistic') return score;
    if (score > 0 && score < 1) return Math.fround(Math.log(score / (1 - score)));
    return fail('MODEL_FIELD', `the base score ${score} is no probability; the file is damaged`, { score });
  });
}

function treeOf(document: Document, index: number, output: number, features: number): Tree {
  const nodes = countAt(document, 'tree_param.num_nodes');
  if (countAt(document, 'tree_param.size_leaf_vector') > 1) unsupported('vector-leaf', 'train with one tree an output');
  const column = (name: string): Float64Array => numbersAt(document, name, nodes);
  if (column('split_type').some((type) => type !== 0) || listAt(document, 'categories').length > 0) {
    categorical();
  }
  const condition = column('split_conditions').map(Math.fround);
  const left = Int32Array.from(column('left_children'));
  const weight = column('base_weights').map(Math.fround);
  const tree: Tree = {
    output,
    left,
    right: Int32Array.from(column('right_children')),
    feature: Int32Array.from(column('split_indices')),
    threshold: condition,
    missingLeft: Uint8Array.from(column('default_left')),
    value: weight.map((own, node) => (left[node] === -1 ? condition[node]! : own)),
    cover: column('sum_hessian').map(Math.fround),
    gain: column('loss_changes').map(Math.fround),
  };
  requireTree(tree, index, features);
  return tree;
}
