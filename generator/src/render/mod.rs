//! Recipes to bytes. Pure: nothing here reads a disk, a clock or the network.
pub mod html;
