/** The inner loops of boosting, made of loads and stores alone: places are bytes in the memory that is given. */
export { addRows, subtract } from './histogram';
export { addLeaf, addSides, addTree, bin, gather, part } from './rows';
export { search } from './search';
export { softmax } from './softmax';
