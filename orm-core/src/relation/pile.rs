//! A list in blocks, which is not copied when it grows, and frees memory while its rows are taken out.

/// The number of rows in a block.
const BLOCK: usize = 1024;

/// A growing list of rows whose number is not known in advance.
#[doc(hidden)]
#[derive(Debug)]
pub struct Pile<O> {
    /// All of them are full except the last.
    blocks: Vec<Vec<O>>,
}

impl<O> Default for Pile<O> {
    fn default() -> Self {
        Pile { blocks: Vec::new() }
    }
}

impl<O> Pile<O> {
    pub(super) fn push(&mut self, row: O) {
        match self.blocks.last_mut() {
            Some(block) if block.len() < BLOCK => block.push(row),
            // The first block is as small as possible; the later ones are allocated whole.
            Some(_) => {
                let mut block = Vec::with_capacity(BLOCK);
                block.push(row);
                self.blocks.push(block);
            }
            None => self.blocks.push(vec![row]),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.blocks.last().map_or(0, |last| (self.blocks.len() - 1) * BLOCK + last.len())
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &O> {
        self.blocks.iter().flatten()
    }

    /// Returns the rows in order; the memory of a block is freed when all of its rows have been taken.
    pub(super) fn into_rows(self) -> impl Iterator<Item = O> {
        self.blocks.into_iter().flatten()
    }

    /// Returns the rows as one list.
    pub(crate) fn into_vec(mut self) -> Vec<O> {
        if self.blocks.len() <= 1 {
            return self.blocks.pop().unwrap_or_default();
        }
        let mut rows = Vec::with_capacity(self.len());
        rows.extend(self.into_rows());
        rows
    }

    fn swap(&mut self, a: usize, b: usize) {
        let ((a_block, a), (b_block, b)) = ((a / BLOCK, a % BLOCK), (b / BLOCK, b % BLOCK));
        match self.blocks.get_disjoint_mut([a_block, b_block]) {
            Ok([first, second]) => std::mem::swap(&mut first[a], &mut second[b]),
            Err(_) => self.blocks[a_block].swap(a, b),
        }
    }

    /// Moves each row to its position in `places`, in which each position occurs once.
    pub(super) fn arrange(&mut self, mut places: Pile<usize>) {
        for at in 0..places.len() {
            loop {
                let place = places.blocks[at / BLOCK][at % BLOCK];
                if place == at {
                    break;
                }
                self.swap(at, place);
                places.swap(at, place);
            }
        }
    }

    /// Removes the last `rows` rows and returns them in order.
    pub(super) fn take_last(&mut self, rows: usize) -> Vec<O> {
        let start = self.len() - rows;
        let (first, within) = (start / BLOCK, start % BLOCK);
        if within > 0 && first + 1 == self.blocks.len() {
            return self.blocks[first].split_off(within);
        }
        let mut taken = Vec::with_capacity(rows);
        if let Some((block, further)) = self.blocks.get_mut(first..).and_then(<[_]>::split_first_mut) {
            taken.extend(block.drain(within..));
            taken.extend(further.iter_mut().flat_map(|block| block.drain(..)));
        }
        self.blocks.truncate(if within == 0 { first } else { first + 1 });
        taken
    }
}

impl<O> FromIterator<O> for Pile<O> {
    fn from_iter<I: IntoIterator<Item = O>>(rows: I) -> Self {
        let mut pile = Pile::default();
        rows.into_iter().for_each(|row| pile.push(row));
        pile
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Pile};

    /// Sizes around those of blocks.
    const SIZES: [usize; 7] = [0, 1, 7, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5];

    #[test]
    fn keeps_rows_in_their_order() {
        for size in SIZES {
            let pile: Pile<String> = (0..size).map(|number| number.to_string()).collect();
            assert_eq!((pile.len(), pile.iter().count()), (size, size));
            let expected: Vec<String> = (0..size).map(|number| number.to_string()).collect();
            assert_eq!(pile.into_vec(), expected);
        }
    }

    #[test]
    fn arranges_rows() {
        for size in SIZES {
            // 7919 is a prime that divides none of these sizes.
            let place = |row: usize| row * 7919 % size;
            let mut pile: Pile<String> = (0..size).map(|row| place(row).to_string()).collect();
            pile.arrange((0..size).map(place).collect());
            let expected: Vec<String> = (0..size).map(|number| number.to_string()).collect();
            assert_eq!(pile.into_vec(), expected);
        }
    }

    #[test]
    fn gives_rows_away_from_its_end() {
        for size in SIZES {
            for part in [0, 1, 3, BLOCK, 2 * BLOCK + 1] {
                let mut pile: Pile<usize> = (0..size).collect();
                let mut left = size;
                while left > 0 && part > 0 {
                    let rows = part.min(left);
                    assert_eq!(pile.take_last(rows), (left - rows..left).collect::<Vec<_>>());
                    left -= rows;
                    assert_eq!(pile.len(), left);
                }
                assert!(pile.take_last(0).is_empty());
            }
        }
    }
}
