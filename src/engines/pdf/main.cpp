#include <cstdio>
int main() { std::puts("docwright-engine"); }
