-- For tests only: `migrate` never runs it on a database whose journal has a leaf.
DROP TABLE corrections;
