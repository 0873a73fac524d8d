//! Well-known SQL exercises, typed: from the collections that people learn SQL with, and from the books of puzzles. Each is
//! compared with handwritten SQL, or with rows worked out by hand.
//!
//! The solutions are written as SQL would be, with a helper only where SQL would have one, so this is also the place to see
//! how a pattern reads.

mod changes;
mod club;
mod data;
mod models;
mod paths;
mod puzzles;
mod staff;

use orm::prelude::*;

on_loaded_data! {
    data::load;
    club as a_club_and_its_bookings: recommenders tennis_players costly_bookings slots_per_month most_booked ranked_by_hours thirds
        rolling_average busiest_hours utilisation;
    staff as departments_and_salaries: second_highest nth_highest above_their_manager top_three above_the_average median pivot
        not_in_with_null months_and_years;
    puzzles as books_of_puzzles: division exact_division gaps islands consecutive merged_intervals overlaps at_once free_days sessions funnel
        last_known first_and_last together;
    paths as paths_and_texts: chain_of_command subtree_sizes all_paths reachable bill_of_materials primes split domains bars;
    changes as rows_that_change: duplicates swapped totals_of_another_table dearer_than_the_first numbered upserts newest_of_each;
}

/// Returns a day, as in `2024-02-29`.
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Makes rows with a text comparable with those of a query.
fn texts<const N: usize>(list: [&str; N]) -> Vec<String> {
    list.map(str::to_owned).to_vec()
}
