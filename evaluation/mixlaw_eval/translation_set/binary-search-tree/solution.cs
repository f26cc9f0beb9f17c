using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

class Tree
{
    int key;
    Tree left, right;

    public static Tree Insert(Tree tree, int key)
    {
        if (tree == null)
        {
            return new Tree { key = key };
        }
        if (key < tree.key)
        {
            tree.left = Insert(tree.left, key);
        }
        else
        {
            tree.right = Insert(tree.right, key);
        }
        return tree;
    }

    public static Tree Delete(Tree tree, int key)
    {
        if (key < tree.key)
        {
            tree.left = Delete(tree.left, key);
        }
        else if (key > tree.key)
        {
            tree.right = Delete(tree.right, key);
        }
        else if (tree.left == null || tree.right == null)
        {
            return tree.left ?? tree.right;
        }
        else
        {
            tree.key = Keys(tree.right).First();
            tree.right = Delete(tree.right, tree.key);
        }
        return tree;
    }

    public static IEnumerable<int> Keys(Tree tree) =>
        tree == null ? Enumerable.Empty<int>() : Keys(tree.left).Append(tree.key).Concat(Keys(tree.right));

    public static int Height(Tree tree) =>
        tree == null ? 0 : 1 + Math.Max(Height(tree.left), Height(tree.right));
}

class Program
{
    static Tree Change(Tree root, string command, int key)
    {
        bool present = Tree.Keys(root).Contains(key);
        if (command == "insert" && !present)
        {
            return Tree.Insert(root, key);
        }
        if (command == "delete" && present)
        {
            return Tree.Delete(root, key);
        }
        Console.WriteLine(present ? $"{key} is there already" : $"{key} is not there");
        return root;
    }

    static void Main()
    {
        Tree root = null;
        for (string line; (line = Console.ReadLine()) != null;)
        {
            var match = Regex.Match(line, @"^(insert|delete) (-?\d+)$");
            if (match.Success)
            {
                root = Change(root, match.Groups[1].Value, int.Parse(match.Groups[2].Value));
            }
            else if (line == "show")
            {
                var keys = Tree.Keys(root).Select(key => $"{key} ");
                Console.WriteLine($"{string.Concat(keys)}(height {Tree.Height(root)})");
            }
            else
            {
                Console.WriteLine($"unknown command: {line}");
            }
        }
    }
}
